import type { Sandbox } from './sandbox.ts';

/** The guided run as somebody does it by its three hints, part by part. */

export async function begin({ guide }: Sandbox): Promise<void> {
  await guide.getByRole('button', { name: 'Start' }).click();
  await guide.getByText('1 of 3').waitFor();
}

/** What the guide offers to type is typed, and sent by hand. */
export async function typeHint({ page, guide, line }: Sandbox): Promise<void> {
  await guide.getByRole('button', { name: 'Type it for me' }).click();
  await line.and(page.locator(':not(:placeholder-shown)')).waitFor();
  await line.press('Enter');
}

export async function declare(sandbox: Sandbox): Promise<void> {
  const { guide, dialog } = sandbox;
  await typeHint(sandbox);
  await dialog.getByRole('checkbox', { name: /^api/ }).check();
  await dialog.getByRole('button', { name: 'Declare' }).click();
  await guide.getByText('2 of 3').waitFor();
}

/** Leaves the filled form open. */
export async function openForm(sandbox: Sandbox): Promise<void> {
  await typeHint(sandbox);
  await sandbox.dialog.getByRole('textbox', { name: /^Type FAILOVER/ }).fill('FAILOVER');
}

export async function ask(sandbox: Sandbox): Promise<void> {
  const { guide, dialog } = sandbox;
  await openForm(sandbox);
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await guide.getByText('3 of 3').waitFor();
}

/** The guide has made somebody else of who asked. */
export async function approve(sandbox: Sandbox): Promise<void> {
  await sandbox.press(/^Approve/, /^Approve/);
  await sandbox.guide.getByText('Muster leaves us-east-1 for us-west-2').waitFor();
}

/** The dark Region could not be fenced: the guide says so, and leaves it to people to end the incident. */
export async function resolve(sandbox: Sandbox): Promise<void> {
  await untilSucceeded(sandbox);
  await sandbox.guide.getByRole('button', { name: 'Do it for me' }).click();
  await untilMeasured(sandbox);
}

export async function untilSucceeded({ guide }: Sandbox): Promise<void> {
  await guide.getByText('The run succeeded, with exceptions').waitFor();
}

export async function untilMeasured({ guide }: Sandbox): Promise<void> {
  await guide.getByText('Recovered, and measured').waitFor();
}
