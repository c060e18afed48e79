// The question before a sheet closes over what was changed in it; what was to come goes on with the answer.

export class Leaving {
  #then = $state.raw<(() => void) | null>(null);

  /** `loses` tells whether anything would be lost now. */
  constructor(private readonly loses: () => boolean) {}

  get asked(): boolean {
    return this.#then !== null;
  }

  /** Goes on at once where nothing would be lost. */
  before(then: () => void): void {
    if (this.loses()) this.#then = then;
    else then();
  }

  stay(): void {
    this.#then = null;
  }

  go(): void {
    const then = this.#then;
    this.#then = null;
    then?.();
  }
}
