/** The cloud says no: thrown inside a world, answered as an SDK exception of that name. */
export class CloudRefusal extends Error {
  override readonly name: string;
  readonly status: number;
  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export function refuse(name: string, message: string, status = 400): never {
  throw new CloudRefusal(name, message, status);
}
