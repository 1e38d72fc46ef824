/** Where a text cites an article, as the server writes citations. */

export interface Piece {
  readonly words: string;
  /** The whole citation, with the instrument's name, where these words are one. */
  readonly cited?: string;
}

const NUMBER = "(?:[一二三四五六七八九十百千零]{1,9}|[0-9]{1,4})";
const BOOK = "《[^》]+》|法释〔2021〕1号";
const ARTICLE = `第${NUMBER}条(?:之${NUMBER})?(?:、?第${NUMBER}[款项])*`;
// A place in a text that has no articles: 二（一）2.
const SECTION = "[一二三四五六七八九十]+[（(][一二三四五六七八九十]+[）)][0-9]*";
const CITATION = new RegExp(`(${BOOK})(${ARTICLE}|${SECTION})|、(${ARTICLE})`, "g");

/** A text cut at its citations; an article that follows another one belongs to the same instrument. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let book = "";
  let end = 0;
  for (const match of text.matchAll(CITATION)) {
    const [whole, named, place, further] = match;
    if (!named && (book === "" || match.index !== end)) continue;
    book = named ?? book;
    const words = named ? whole : (further ?? "");
    const before = text.slice(end, match.index + whole.length - words.length);
    if (before) pieces.push({ words: before });
    pieces.push({ words, cited: `${book}${place ?? further ?? ""}` });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ words: text.slice(end) });
  return pieces;
}
