/** Refusals (RFC 9457) as the server sends them, and as an officer reads them. */

export interface FieldError {
  readonly field: string;
  readonly rule: string;
  readonly detail: string;
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly basis?: string;
  readonly field?: string;
  readonly limit?: string;
  readonly due?: string;
  readonly required?: readonly string[];
  readonly open_steps?: readonly string[];
  readonly errors?: readonly FieldError[];
  readonly seq?: number;
  readonly retry_after?: number;
  readonly trace_id?: string;
  readonly near?: readonly string[];
  /** Of a sheet that was not read: what was taken for its headings, and what was understood of them. */
  readonly columns?: readonly { readonly heading: string; readonly field: string | null }[];
}

export class Refused extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail || problem.title);
    this.name = "Refused";
    this.problem = problem;
  }

  /** The kind of refusal, `step-not-open` and so on. */
  get slug(): string {
    return this.problem.type.split("/").at(-1) ?? "";
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The server did not answer at all; whether it heard us is not known. */
export class Unreachable extends Error {
  constructor() {
    super("与服务器的连接中断");
    this.name = "Unreachable";
  }
}

export function isRefused(error: unknown, ...slugs: readonly string[]): error is Refused {
  return error instanceof Refused && (slugs.length === 0 || slugs.includes(error.slug));
}

/** Whether trying again later, unchanged, may succeed. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refused && (error.status === 503 || error.status === 429));
}

/** What went wrong, in a line. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refused) return error.problem.errors?.map((each) => each.detail).join("；") ?? error.problem.detail;
  return error instanceof Error ? error.message : "没有成功";
}

export async function refusalOf(answer: Response): Promise<Refused> {
  const fallback: ProblemDocument = {
    type: "/problems/unexpected",
    title: "系统错误",
    status: answer.status,
    detail: "服务器给出了无法识别的答复",
  };
  try {
    const said: unknown = await answer.json();
    const known = typeof said === "object" && said !== null && "type" in said;
    return new Refused(known ? (said as ProblemDocument) : fallback);
  } catch {
    return new Refused(fallback);
  }
}
