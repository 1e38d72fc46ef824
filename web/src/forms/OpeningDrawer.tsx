import { App } from "antd";

import { useKinds } from "@/api/queries";
import { type Receipt, schemaOf } from "@/api/shapes";
import { openMatter } from "@/api/steps";
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
      sheet={{ title: opens.title, form: schemaOf(opens.form), basis: opens.basis, by: opens.by.map((each) => each.zh).join("、") }}
      to={{ send: (form, key) => openMatter(kind, form, key), matter: kind, step: opens.step }}
      onClose={onClose}
      onDone={(receipt) => {
        void message.success(`已登记：${receipt.number}`);
        onClose();
        onDone(receipt);
      }}
    />
  );
}
