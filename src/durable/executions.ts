/** Which workflows are carried out in this process, counted: one that is handed out twice runs twice until it notices. */
export interface Executions {
  begin(id: string): void;
  end(id: string): void;
  has(id: string): boolean;
}

export function createExecutions(): Executions {
  const counts = new Map<string, number>();
  return {
    begin: (id) => void counts.set(id, (counts.get(id) ?? 0) + 1),
    end(id) {
      const left = (counts.get(id) ?? 1) - 1;
      if (left === 0) counts.delete(id);
      else counts.set(id, left);
    },
    has: (id) => counts.has(id),
  };
}
