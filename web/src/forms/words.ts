/** The form library's own words, in Chinese. */
import { englishStringTranslator, TranslatableString } from "@rjsf/utils";

const WORDS: Partial<Record<TranslatableString, string>> = {
  [TranslatableString.EmptyArray]: "还没有，请添加。",
  [TranslatableString.AddButton]: "添加",
  [TranslatableString.AddItemButton]: "添加一项",
  [TranslatableString.CopyButton]: "复制",
  [TranslatableString.MoveDownButton]: "下移",
  [TranslatableString.MoveUpButton]: "上移",
  [TranslatableString.RemoveButton]: "删除",
  [TranslatableString.YesLabel]: "是",
  [TranslatableString.NoLabel]: "否",
  [TranslatableString.ArrayItemTitle]: "项",
  [TranslatableString.DecrementAriaLabel]: "减一",
  [TranslatableString.IncrementAriaLabel]: "加一",
};

export function inChinese(text: TranslatableString, parameters?: string[]): string {
  return WORDS[text] ?? englishStringTranslator(text, parameters);
}
