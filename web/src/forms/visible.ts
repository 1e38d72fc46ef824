/** What of a text can be seen: what came along from other programs and cannot is no part of what somebody said. The server refuses the same. */

// eslint-disable-next-line no-control-regex, no-misleading-character-class -- control characters are among what cannot be seen, and marks are each meant alone
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;

export function visible(text: string): string {
  return text.replace(UNSEEN, "");
}
