import { App } from "antd";

import { useKinds } from "@/api/queries";
import type { Receipt } from "@/api/shapes";
import { FormDrawer } from "@/forms/FormDrawer";

interface Props {
  readonly kind: string;
  readonly onClose: () => void;
  readonly onDone: (receipt: Receipt) => void;
}

/** Open a matter of a kind. */
export default function OpeningDrawer({ kind, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const opens = useKinds().data?.find((each) => each.kind === kind)?.opens;
  if (!opens) return null;
  return (
    <FormDrawer
      sheet={{ title: opens.title, form: opens.form, basis: opens.basis, by: opens.by.map((each) => each.zh).join("、") }}
      to={{ path: `/api/matters/${kind}`, matter: kind, step: opens.step }}
      onClose={onClose}
      onDone={(receipt) => {
        void message.success(`已登记：${receipt.number}`);
        onClose();
        onDone(receipt);
      }}
    />
  );
}
