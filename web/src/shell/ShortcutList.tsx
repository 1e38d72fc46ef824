import { Modal } from "antd";

import { useShortcuts } from "@/shell/shortcuts";

/** Every shortcut that works on this page. */
export function ShortcutList({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useShortcuts();
  return (
    <Modal title="键盘快捷键" open={open} onCancel={onClose} footer={null} width={420}>
      <dl className="shortcut-list">
        {shortcuts.map((each) => (
          <div key={each.keys}>
            <dt>
              {each.keys.split(/[ +]/).map((key) => (
                <kbd key={key}>{key === "ctrl" ? "Ctrl" : key}</kbd>
              ))}
            </dt>
            <dd>{each.meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
