/** Posts JSON; resolves with the answer, rejects with the server's sentence. */
export async function post<Answer = unknown>(path: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`/sandbox/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}
