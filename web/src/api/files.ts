/** Files from and to the server. */

interface FileAnswer {
  readonly data?: Blob;
  readonly response: Response;
}

/** Save an answer that is a file (`parseAs: "blob"`) under the name that the server gives it: a link cannot bear the token. */
export async function save(answer: Promise<FileAnswer>, name: string): Promise<void> {
  const { data, response } = await answer;
  const said = response.headers.get("Content-Disposition") ?? "";
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(said)?.[1];
  const plain = /filename="?([^";]+)"?/.exec(said)?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data ?? new Blob());
  link.download = encoded ? decodeURIComponent(encoded) : (plain ?? name);
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A form with a file as the body of a request: the contract's types know a file as the text it is described by. */
export function multipart<T extends Readonly<Record<string, string | File>>>(fields: T) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { body: body as unknown as { [K in keyof T]: string }, bodySerializer: () => body };
}
