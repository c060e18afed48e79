import { beforeEach, describe, expect, it } from "vitest";
import { HostError, reads, useHost, type Host, type Tag } from "../host";
import { fakeHost } from "../host/fake";
import { followChanges, Reading, refreshAll, refreshTagged, Resource } from "./resource.svelte";

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

beforeEach(() => useHost(fakeHost("")));

describe("a resource", () => {
  it("keeps what it knows when a refresh fails, and says why it failed", async () => {
    let fail = false;
    const resource = new Resource<string>(["meetings"], async () => {
      if (fail) throw new HostError({ kind: "offline" });
      return "known";
    });
    await resource.open();
    fail = true;
    await resource.refresh();
    expect(resource.data).toBe("known");
    expect(resource.error).toEqual({ kind: "offline" });
    fail = false;
    await resource.refresh();
    expect(resource.error).toBeNull();
  });

  it("takes the answer to its last question only", async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let asked = 0;
    const resource = new Resource<string>([], () => answers[asked++]?.promise ?? Promise.reject(new Error("too many")));
    const [first, second] = [resource.refresh(), resource.refresh()];
    answers[1]?.resolve("new");
    await second;
    answers[0]?.resolve("old");
    await first;
    expect(resource.data).toBe("new");
  });

  it("forgets an answer that was under way when it was cleared", async () => {
    const answer = deferred<string>();
    const resource = new Resource<string>([], () => answer.promise);
    const asked = resource.refresh();
    resource.clear();
    answer.resolve("for another day");
    await asked;
    expect(resource.data).toBeNull();
    expect(resource.loaded).toBe(false);
  });

  it("follows its own tags while it is open, and no others", async () => {
    let reads = 0;
    const resource = new Resource<number>(["outbox"], async () => ++reads);
    refreshTagged(["outbox"]);
    expect(reads).toBe(0);
    await resource.open();
    refreshTagged(["people"]);
    expect(reads).toBe(1);
    refreshTagged(["meetings", "outbox"]);
    expect(reads).toBe(2);
    resource.close();
    refreshTagged(["outbox"]);
    expect(reads).toBe(2);
  });

  it("hears of changes from the host until it stops listening", async () => {
    const listeners = new Set<(tags: Tag[]) => void>();
    useHost({ ...fakeHost(""), onDataChanged: (listener) => (listeners.add(listener), () => listeners.delete(listener)) });
    let reads = 0;
    const resource = new Resource<number>(["settings"], async () => ++reads);
    await resource.open();
    const stop = followChanges();
    for (const listener of listeners) listener(["settings"]);
    expect(reads).toBe(2);
    stop();
    expect(listeners.size).toBe(0);
    resource.close();
  });

  it("treats a fault of the program as such", async () => {
    const resource = new Resource<number>([], async () => {
      throw new TypeError("broken");
    });
    await resource.refresh();
    expect(resource.error).toEqual({ kind: "internal", code: "TypeError" });
  });
});

describe("a reading", () => {
  it("asks its command with what is asked now, and has the tags that the command declares", async () => {
    const asked: unknown[] = [];
    useHost({ getMeeting: async (id: string) => void asked.push(id) } as unknown as Host);
    let id = "one";
    const reading = new Reading("getMeeting", () => [id]);
    expect(reading.tags).toBe(reads.getMeeting);
    await reading.open();
    id = "two";
    refreshAll();
    expect(asked).toEqual(["one", "two"]);
    reading.close();
    refreshAll();
    expect(asked).toEqual(["one", "two"]);
  });
});
