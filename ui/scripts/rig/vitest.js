// As much of Vitest as the states of `src/test` use, for a page that shows them in a real browser.

const judge = (value, wanted) => ({
  toBe: (other) => wanted(Object.is(value, other), `to be ${other}`),
  toBeNull: () => wanted(value === null, "to be null"),
  toBeGreaterThan: (other) => wanted(value > other, `to be more than ${other}`),
  toHaveLength: (length) => wanted(value?.length === length, `to have length ${length}`),
});

export function expect(value) {
  const must = (as) => (holds, words) => {
    if (holds !== as) throw new Error(`expected ${value} ${as ? "" : "not "}${words}`);
  };
  return { ...judge(value, must(true)), not: judge(value, must(false)) };
}

export const vi = {
  async waitFor(seen, { timeout, interval }) {
    const end = performance.now() + timeout;
    for (;;) {
      try {
        return await seen();
      } catch (thrown) {
        if (performance.now() > end) throw thrown;
        await new Promise((done) => setTimeout(done, interval));
      }
    }
  },
};
