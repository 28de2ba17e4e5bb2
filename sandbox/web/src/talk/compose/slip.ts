/** Whether a line is the command without its slash: `dr resolve`, as a phone writes it `Dr resolve` too. */
export function lacksSlash(line: string, command: string): boolean {
  return line.toLowerCase().startsWith(`${command.slice(1).toLowerCase()} `);
}
