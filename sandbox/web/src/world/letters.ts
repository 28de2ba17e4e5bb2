/** How wide the letters of a wide font are, as a share of their size: a picture cannot measure before it is drawn. */
const letter = 0.61;

export function widthOf(text: string, size: number): number {
  return text.length * size * letter;
}

/** As much of a text as fits into so many pixels. */
export function cutTo(text: string, size: number, room: number): string {
  const letters = Math.max(1, Math.floor(room / (size * letter)));
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
