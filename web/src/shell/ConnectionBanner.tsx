import { useConnection } from "@/api/connection";
import { useTroubles } from "@/api/troubles";

/** Says so when the server cannot be reached, or cannot do everything now; what was being filled in stays where it is. */
export function ConnectionBanner() {
  const connection = useConnection();
  const troubles = useTroubles();
  return (
    <div role="status" aria-live="polite">
      {connection === "lost" && (
        <div className="connection-lost">
          <span aria-hidden="true">⚠</span> 与服务器的连接中断，正在自动重新连接。已填写的内容保存在本机，不会丢失。
        </div>
      )}
      {connection === "up" &&
        troubles.map((each) => (
          <div key={each} className="trouble">
            <span aria-hidden="true">⚠</span> {each}。
          </div>
        ))}
    </div>
  );
}
