/** Files on their way into a dossier. */
import { api, stepHeaders } from "@/api/client";
import { multipart } from "@/api/files";
import { newKey } from "@/forms/drafts";

/** What may be put into a dossier, as a file picker asks for it; the server looks at the files themselves. */
export const SCANS = ".pdf,.ofd,.jpg,.jpeg,.png,.heic,.heif,.bmp,.tif,.tiff,.docx";
/** So large may one be; the server refuses what is larger, once all of it has been sent. */
export const MOST_MB = 20;
export const PHOTOGRAPHS = "image/jpeg,image/png,image/heic,image/heif";

export interface Scan {
  /** By which the server knows a repeat: a file that is sent twice lies there once. */
  readonly key: string;
  readonly file: File;
  readonly place: string;
  /** What it is called there; where nothing is said, as the file is. */
  readonly title: string;
}

export function scanOf(file: File, place = "", title = ""): Scan {
  return { key: newKey(), file, place, title };
}

export async function putIn(number: string, { key, file, place, title }: Scan): Promise<void> {
  if (file.size > MOST_MB * 1_000_000) throw new Error(`一件材料至多 ${String(MOST_MB)} MB，这一件有 ${sizeWords(file.size)}；请降低扫描分辨率或者分成几件上传`);
  const sent = multipart({ place, title: title.trim() || file.name.replace(/\.[^.]+$/, ""), file });
  await api.POST("/api/matters/{number}/dossier", { params: { path: { number }, header: stepHeaders(key) }, ...sent });
}

export function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${String(Math.max(1, Math.round(bytes / 1000)))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
