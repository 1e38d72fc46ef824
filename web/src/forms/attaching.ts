/** Files that go with a form: chosen while it is filled in, sent to the dossier once the step was accepted. */
import { useEffect, useState } from "react";

import { matterIsStale } from "@/api/stale";
import { inChina } from "@/clocks/instants";
import { isPassing, wordsOf } from "@/api/problem";
import { putIn, type Scan, scanOf } from "@/dossier/scans";
import type { Filing } from "@/dossier/ScanFields";

export interface Attachment extends Scan {
  /** `unsent` may have arrived or not, and is sent again as it was; `refused` must be put right or left out. */
  readonly state: "chosen" | "sending" | "unsent" | "refused" | "entered";
  readonly words: string;
}

export interface Attaching {
  readonly files: readonly Attachment[];
  /** How many are not in the dossier. */
  readonly waiting: number;
  readonly isSending: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly file: (key: string, next: Filing) => void;
  readonly remove: (key: string) => void;
  /** Send what is not in the dossier yet. */
  readonly send: () => void;
}

/** Cameras call every picture alike, and what is called alike would be versions of one: such a picture is called by when it was taken. */
function titleOf(file: File, place: number): string {
  return file.type.startsWith("image/") && /^(image|photo|img|capture)?[-_ ]?\d*\.\w+$/i.test(file.name) ? `照片 ${inChina(file.lastModified).format("MM-DD HH:mm")} ${String(place)}` : "";
}

/** The browser asks before it leaves, while there are files that nobody else has. */
function useLeavingAsks(waiting: number): void {
  useEffect(() => {
    if (waiting === 0) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
    };
  }, [waiting]);
}

export function useAttaching(number: string, place: string): Attaching {
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const waiting = files.filter((each) => each.state !== "entered").length;
  useLeavingAsks(waiting);
  const mark = (key: string, next: Partial<Attachment>) => {
    setFiles((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  };
  const sendOne = async (one: Attachment) => {
    mark(one.key, { state: "sending", words: "" });
    try {
      await putIn(number, one);
      mark(one.key, { state: "entered" });
    } catch (error) {
      mark(one.key, { state: isPassing(error) ? "unsent" : "refused", words: wordsOf(error) });
    }
  };
  const sendAll = async () => {
    // One after the other: a phone's connection carries one best, and of one title the versions keep their order.
    for (const each of files) {
      if (each.state !== "entered") await sendOne(each);
    }
    if (files.length > 0) matterIsStale(number);
  };
  return {
    files,
    waiting,
    isSending: files.some((each) => each.state === "sending"),
    add: (chosen) => {
      setFiles((before) => [
        ...before,
        ...chosen.map((each, n): Attachment => ({ ...scanOf(each, before.at(-1)?.place ?? place, titleOf(each, before.length + n + 1)), state: "chosen", words: "" })),
      ]);
    },
    file: mark,
    remove: (key) => {
      setFiles((before) => before.filter((each) => each.key !== key));
    },
    send: () => void sendAll(),
  };
}
