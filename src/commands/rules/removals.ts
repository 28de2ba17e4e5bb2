/** Whether an action takes something away, by its verb. */
export function isRemoval(action: string): boolean {
  return /\.(delete|destroy|terminate)(-|$)/.test(action);
}
