import { beforeEach, expect, test, vi } from "vitest";

import { heedAll } from "@/api/events";
import { everythingIsStale, matterIsStale } from "@/api/stale";

vi.mock("@/api/stale", () => ({ everythingIsStale: vi.fn(), matterIsStale: vi.fn() }));

beforeEach(() => {
  vi.clearAllMocks();
});

/** A stream that arrives in these pieces, bytes of one character torn apart where a piece says so. */
function arriving(...pieces: readonly (string | Uint8Array<ArrayBuffer>)[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const each of pieces) controller.enqueue(typeof each === "string" ? new TextEncoder().encode(each) : each);
      controller.close();
    },
  });
}

const told = () => vi.mocked(matterIsStale).mock.calls.map(([number]) => number);

test("a step tells its matter stale, and its id is the last heard", async () => {
  const last = await heedAll(arriving('retry: 2000\n\n:\n\nid: 7\nevent: step\ndata: {"number": "XA1"}\n\n'));
  expect(told()).toEqual(["XA1"]);
  expect(last).toBe("7");
});

test("an event is the same however the network cuts it", async () => {
  const whole = 'id: 8\nevent: step\ndata: {"number": "XA1", "title": "漏刻"}\n\n';
  const bytes = new TextEncoder().encode(whole);
  for (let cut = 1; cut < bytes.length; cut += 1) await heedAll(arriving(bytes.slice(0, cut), bytes.slice(cut)));
  expect(told()).toEqual(Array.from({ length: bytes.length - 1 }, () => "XA1"));
});

test("lines may end as a proxy likes, and data may stand on several", async () => {
  await heedAll(arriving('event: step\r\ndata: {"number":\r\ndata: "XA1"}\r\n\r\n', 'event:step\rdata:{"number":"XA2"}\r\r'));
  expect(told()).toEqual(["XA1", "XA2"]);
});

test("an event without an id leaves the last id as it was", async () => {
  expect(await heedAll(arriving('id: 7\nevent: step\ndata: {"number": "XA1"}\n\n', "event: resync\ndata: {}\n\n"))).toBe("7");
  expect(everythingIsStale).toHaveBeenCalledOnce();
});

test("what is cut off before its end is not heeded", async () => {
  const whole = 'id: 8\nevent: step\ndata: {"number": "XA1"}\n\n';
  expect(await heedAll(arriving(whole, 'id: 9\nevent: step\ndata: {"number": "XA2"}\n'))).toBe("8");
  expect(told()).toEqual(["XA1"]);
});

test("what one tab reads is heeded by the others", async () => {
  const other = new BroadcastChannel("louke.events");
  const heard = new Promise<MessageEvent>((done) => {
    other.onmessage = done;
  });
  await heedAll(arriving('id: 10\nevent: step\ndata: {"number": "XA1"}\n\n'));
  expect((await heard).data).toMatchObject({ id: "10", event: "step", data: '{"number": "XA1"}' });
  other.close();
});
