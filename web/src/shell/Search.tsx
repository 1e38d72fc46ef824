import { SearchOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { lazy, Suspense } from "react";
import { useNavigate } from "react-router";

import { Loading } from "@/states/states";

const SearchBox = lazy(async () => ({ default: (await import("@/shell/SearchBox")).SearchBox }));

/** Search over everything that the caller may know of. */
export function Search({ open, onOpen, onClose }: { readonly open: boolean; readonly onOpen: () => void; readonly onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <>
      <Button icon={<SearchOutlined />} onClick={onOpen} className="search-opener">
        <span className="search-words">搜索</span>
        <kbd className="search-words">Ctrl K</kbd>
      </Button>
      <Modal open={open} onCancel={onClose} footer={null} closable={false} width={640} style={{ top: 64 }} destroyOnHidden title={<span className="unseen">搜索</span>}>
        <Suspense fallback={<Loading rows={2} />}>
          <SearchBox
            onGo={(matter) => {
              onClose();
              void navigate(`/matters/${matter}`);
            }}
          />
        </Suspense>
      </Modal>
    </>
  );
}
