/** Lists of things within a form, each a row that says in its head what it is: added, copied, moved and removed by its buttons. */
import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { type ArrayFieldItemTemplateProps, type ArrayFieldTemplateProps, buttonId, type ObjectFieldTemplateProps, type RJSFSchema } from "@rjsf/utils";
import { Button, Tooltip } from "antd";
import { type ReactNode, useEffect, useRef } from "react";

type Rows = ArrayFieldTemplateProps<unknown, RJSFSchema>;
type Row = ArrayFieldItemTemplateProps<unknown, RJSFSchema>;

const FIELD = "input:not([type=hidden]), textarea";

/** Where the keyboard goes on when a row has come, or one is gone. */
function useFollowing(count: number) {
  const frame = useRef<HTMLFieldSetElement>(null);
  const before = useRef(count);
  useEffect(() => {
    const rows = frame.current?.querySelectorAll<HTMLElement>(".form-row") ?? [];
    if (count > before.current) rows[rows.length - 1]?.querySelector<HTMLElement>(FIELD)?.focus();
    if (count < before.current) frame.current?.querySelector<HTMLElement>(".form-row-add")?.focus();
    before.current = count;
  }, [count]);
  return frame;
}

export function RowsTemplate({ fieldPathId, items, title, uiSchema, canAdd, disabled, required, onAddClick }: Rows) {
  const frame = useFollowing(items.length);
  const called = String(uiSchema?.["ui:title"] ?? title);
  return (
    <fieldset id={fieldPathId.$id} ref={frame} className="form-rows">
      <legend>
        {required && (
          <span className="form-mark" aria-hidden="true">
            *
          </span>
        )}
        {called} <span className="quiet">{items.length} 项</span>
      </legend>
      {items}
      {canAdd && (
        <Button id={buttonId(fieldPathId, "add")} type="dashed" block icon={<PlusOutlined />} disabled={disabled ?? false} className="form-row-add" onClick={onAddClick}>
          添加一项
        </Button>
      )}
    </fieldset>
  );
}

/** What the row says of itself: its name and how much of it. */
function words(data: unknown, path: readonly (string | number)[]): string {
  let here = data;
  for (const part of path) here = (here as Record<string | number, unknown> | undefined)?.[part];
  const { name, quantity } = (here ?? {}) as { readonly name?: string; readonly quantity?: string };
  return [name, quantity].filter(Boolean).join(" ");
}

function Act({ zh, icon, of, enabled, onAct, danger }: { readonly zh: string; readonly icon: ReactNode; readonly of: string; readonly enabled: boolean; readonly onAct: () => void; readonly danger?: boolean }) {
  return (
    <Tooltip title={zh}>
      <Button type="text" size="small" danger={danger ?? false} icon={icon} aria-label={`${zh}${of}`} disabled={!enabled} onClick={onAct} />
    </Tooltip>
  );
}

export function RowTemplate({ children, buttonsProps, index, totalItems, disabled, registry }: Row) {
  const { hasMoveUp, hasMoveDown, hasCopy, hasRemove, fieldPathId } = buttonsProps;
  const place = `第 ${String(index + 1)} 项`;
  const free = !disabled;
  return (
    <section className="form-row" aria-label={place}>
      <header className="form-row-head">
        <strong>{place}</strong>
        <span className="form-row-words">{words((registry.formContext as { readonly data?: unknown }).data, fieldPathId.path)}</span>
        <Act zh="上移" icon={<ArrowUpOutlined />} of={place} enabled={free && hasMoveUp} onAct={buttonsProps.onMoveUpItem} />
        <Act zh="下移" icon={<ArrowDownOutlined />} of={place} enabled={free && hasMoveDown} onAct={buttonsProps.onMoveDownItem} />
        <Act zh="复制" icon={<CopyOutlined />} of={place} enabled={free && hasCopy} onAct={buttonsProps.onCopyItem} />
        <Act zh="删除" icon={<DeleteOutlined />} of={place} enabled={free && hasRemove && totalItems > 0} onAct={buttonsProps.onRemoveItem} danger />
      </header>
      {children}
    </section>
  );
}

/** The fields of a form one below another; those of a row beside one another where there is room. */
export function FieldsTemplate({ fieldPathId, properties }: ObjectFieldTemplateProps<unknown, RJSFSchema>) {
  const isRow = fieldPathId.path.length > 0;
  return (
    <div id={fieldPathId.$id} className={isRow ? "form-row-fields" : "form-fields"}>
      {properties.filter((each) => !each.hidden).map((each) => each.content)}
    </div>
  );
}
