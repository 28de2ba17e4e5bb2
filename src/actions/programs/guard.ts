import type { Scripts, Terraform } from '../../domain/ports/programs.ts';

/** The same programs, guarded before anything is started or changed: what the guard throws stops it. */
export function guardPrograms<T extends { scripts: Scripts; terraform: Terraform }>(
  programs: T,
  guard: () => Promise<void>,
): T {
  const { scripts, terraform } = programs;
  const guarded =
    <Args extends unknown[]>(work: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      await guard();
      await work(...args);
    };
  return {
    ...programs,
    scripts: { ...scripts, start: guarded(scripts.start) },
    terraform: {
      ...terraform,
      createWorkspace: guarded(terraform.createWorkspace),
      deleteWorkspace: guarded(terraform.deleteWorkspace),
      startPlan: guarded(terraform.startPlan),
      startApply: guarded(terraform.startApply),
      startDestroy: guarded(terraform.startDestroy),
    },
  };
}
