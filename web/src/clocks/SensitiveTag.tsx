/** That a matter is sensitive (敏感案件), by its sign and its word. */
export function SensitiveTag({ sensitive }: { readonly sensitive: boolean }) {
  if (!sensitive) return null;
  return (
    <span className="colour colour-orange">
      <span aria-hidden="true">◆</span>
      敏感
    </span>
  );
}
