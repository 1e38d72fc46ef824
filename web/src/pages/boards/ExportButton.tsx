import { FileExcelOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { save } from "@/api/files";

interface OfExport {
  /** Asks the server for the file. */
  readonly ask: () => Parameters<typeof save>[0];
  /** What the file is called where the server gives it no name. */
  readonly name: string;
  /** What is said once it is saved. */
  readonly done?: string;
}

/** Take what is shown away as a spreadsheet. */
export function ExportButton({ ask, name, done }: OfExport) {
  const { message } = App.useApp();
  const exporting = useMutation({
    mutationFn: () => save(ask(), name),
    onSuccess: () => {
      if (done) void message.success(done);
    },
    onError: (error) => void message.error(error.message),
  });
  return (
    <Button
      icon={<FileExcelOutlined />}
      loading={exporting.isPending}
      onClick={() => {
        exporting.mutate();
      }}
    >
      导出 Excel
    </Button>
  );
}
