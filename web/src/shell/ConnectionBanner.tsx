import { useConnection } from "@/api/connection";

/** Says so when the server cannot be reached; what was being filled in stays where it is. */
export function ConnectionBanner() {
  const connection = useConnection();
  return (
    <div role="status" aria-live="polite">
      {connection === "lost" && (
        <div className="connection-lost">
          <span aria-hidden="true">⚠</span> 与服务器的连接中断，正在自动重新连接。已填写的内容保存在本机，不会丢失。
        </div>
      )}
    </div>
  );
}
