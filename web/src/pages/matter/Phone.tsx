/** A telephone number that rings when it is pressed. */
export function Phone({ number }: { readonly number: string | undefined }) {
  if (!number) return null;
  return (
    <a className="number" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      {number}
    </a>
  );
}
