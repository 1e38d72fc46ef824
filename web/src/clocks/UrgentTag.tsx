/** That an incident is urgent, by its sign and its word. */
export function UrgentTag({ urgent }: { readonly urgent: boolean }) {
  if (!urgent) return null;
  return (
    <span className="colour colour-red">
      <span aria-hidden="true">‼</span>
      紧急
    </span>
  );
}
