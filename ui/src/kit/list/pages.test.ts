import { describe, expect, it } from "vitest";
import { HostError } from "../../host";
import { refreshTagged } from "../../state/resource.svelte";
import { until } from "../../test/open";
import { PagedSource, type Page } from "./pages.svelte";

interface Asked {
  offset: number;
  answer: () => void;
  fail: () => void;
}

/** A server whose answers come when the test says so. */
class Server {
  rows: string[];
  asked: Asked[] = [];
  log: number[] = [];

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => `row ${index}`);
  }

  source(): PagedSource<string> {
    return new PagedSource({
      tags: ["people"],
      idOf: (row) => row,
      pageSize: 10,
      load: (offset, limit) =>
        new Promise<Page<string>>((resolve, reject) => {
          this.log.push(offset);
          const ended = () => (this.asked = this.asked.filter((one) => one !== asked));
          const asked: Asked = {
            offset,
            answer: () => {
              ended();
              resolve({ rows: this.rows.slice(offset, offset + limit), total: this.rows.length });
            },
            fail: () => {
              ended();
              reject(new HostError({ kind: "storage", code: "IOERR" }));
            },
          };
          this.asked.push(asked);
        }),
    });
  }

  /** Answers whatever is asked until nothing is. */
  async settle(): Promise<void> {
    for (;;) {
      for (const one of this.asked) one.answer();
      await new Promise((done) => setTimeout(done, 0));
      if (this.asked.length === 0) return;
    }
  }
}

async function opened(count: number): Promise<{ server: Server; source: PagedSource<string> }> {
  const server = new Server(count);
  const source = server.source();
  const opening = source.open();
  await server.settle();
  await opening;
  return { server, source };
}

describe("rows in pages", () => {
  it("are asked for as they come to show, and each page once", async () => {
    const { server, source } = await opened(1000);
    expect([source.total, source.at(3), source.at(500)]).toEqual([1000, "row 3", undefined]);
    source.want(495, 515);
    await server.settle();
    expect(source.at(500)).toBe("row 500");
    source.want(496, 512);
    await server.settle();
    expect(server.log).toEqual([0, 490, 500, 510]);
  });

  it("that were only scrolled past are not asked for", async () => {
    const { server, source } = await opened(100_000);
    for (let row = 0; row < 90_000; row += 500) source.want(row, row + 20);
    await server.settle();
    expect(server.log.length).toBeLessThanOrEqual(7);
    expect(source.at(89_500)).toBe("row 89500");
  });

  it("stay until newer ones are all there, then change at once", async () => {
    const { server, source } = await opened(100);
    source.want(20, 40);
    await server.settle();
    server.rows.unshift("new");
    refreshTagged(["people"]);
    const before = source.revision;
    expect(source.at(20)).toBe("row 20");
    server.asked[0]?.answer();
    await new Promise((done) => setTimeout(done, 0));
    expect(source.at(20)).toBe("row 20");
    await server.settle();
    await until(() => expect(source.revision).not.toBe(before));
    expect([source.at(20), source.at(21), source.total]).toEqual(["row 19", "row 20", 101]);
    expect(source.indexOf("row 20")).toBe(21);
  });

  it("are all asked for again when one page tells of another total", async () => {
    const { server, source } = await opened(100);
    server.rows.splice(0, 1);
    source.want(50, 60);
    await server.settle();
    expect([source.total, source.at(50)]).toEqual([99, "row 51"]);
  });

  it("end with the list, also when it became shorter", async () => {
    const { server, source } = await opened(100);
    source.want(90, 100);
    await server.settle();
    server.rows.length = 15;
    refreshTagged(["people"]);
    await server.settle();
    expect(source.total).toBe(15);
    source.want(0, 15);
    await server.settle();
    expect([source.at(14), source.at(95)]).toEqual(["row 14", undefined]);
  });

  it("stay when asking again fails, and the failure is told", async () => {
    const { server, source } = await opened(100);
    const refreshing = source.refresh();
    for (const one of server.asked) one.fail();
    await refreshing;
    expect(source.error).toEqual({ kind: "storage", code: "IOERR" });
    expect(source.at(5)).toBe("row 5");
    const again = source.refresh();
    await server.settle();
    await again;
    expect(source.error).toBeNull();
  });

  it("of an old question count for nothing", async () => {
    const { server, source } = await opened(100);
    source.want(50, 60);
    const late = server.asked[0];
    source.clear();
    late?.answer();
    await new Promise((done) => setTimeout(done, 0));
    expect([source.total, source.at(50)]).toEqual([0, undefined]);
  });

  it("are given up when they are far away, but never the one that is kept", async () => {
    const { server, source } = await opened(2000);
    for (let row = 0; row < 2000; row += 10) {
      source.want(row, row + 10, 5);
      await server.settle();
    }
    expect([source.at(5), source.at(300), source.at(1995)]).toEqual(["row 5", undefined, "row 1995"]);
  });

  it("tell the ids of a range that is not here", async () => {
    const { server, source } = await opened(100);
    const ids = source.ids(5, 33);
    await server.settle();
    expect(await ids).toEqual(server.rows.slice(5, 33));
  });
});
