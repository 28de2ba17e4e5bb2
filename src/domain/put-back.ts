const undoes = 'Undo: ';
const putsBack = 'Put back: ';
const longest = 75;

/** The title of a step that puts back what one of this title has done. */
export function nameAsPutBack(title: string): string {
  return `${putsBack}${title}`.slice(0, longest);
}

/** What such a step puts back, by its own title. */
export function nameOfPutBack(title: string): string {
  return title.startsWith(putsBack) ? title.slice(putsBack.length) : title;
}

/** The title of the plan that undoes a run of this title. */
export function nameAsUndo(title: string): string {
  return `${undoes}${title}`.slice(0, longest);
}

/** What such a plan undoes, by its own title. */
export function nameOfUndone(title: string): string {
  return title.startsWith(undoes) ? title.slice(undoes.length) : title;
}
