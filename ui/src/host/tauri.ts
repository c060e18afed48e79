// The engine behind Tauri. The only module that knows the generated bindings' form.

import { commands, events, type CommandError } from "../bindings";
import { HostError, type Host } from "./types";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

async function data<T>(answer: Promise<Answer<T>>): Promise<T> {
  const settled = await answer;
  if (settled.status === "error") throw new HostError(settled.error);
  return settled.data;
}

async function done(answer: Promise<Answer<unknown>>): Promise<void> {
  await data(answer);
}

export function tauriHost(): Host {
  return {
    getAppState: () => data(commands.getAppState()),
    showWindow: () => commands.showWindow(),
    updateSettings: (settings) => done(commands.updateSettings(settings)),
    retryUnlock: () => done(commands.retryUnlock()),
    startDemo: () => done(commands.startDemo()),
    leaveDemo: () => done(commands.leaveDemo()),
    connectAccount: (provider) => done(commands.connectAccount(provider)),
    reopenSignIn: (provider) => done(commands.reopenSignIn(provider)),
    copySignInLink: (provider) => done(commands.copySignInLink(provider)),
    cancelSignIn: (provider) => done(commands.cancelSignIn(provider)),
    disconnectAccount: (provider, erase) => done(commands.disconnectAccount(provider, erase)),
    syncNow: () => done(commands.syncNow()),
    getDay: (offset) => data(commands.getDay(offset)),
    getMeeting: (id) => data(commands.getMeeting(id)),
    getNextUp: () => data(commands.getNextUp()),
    searchMeetings: (query, limit) => data(commands.searchMeetings(query, limit)),
    joinMeeting: (id) => done(commands.joinMeeting(id)),
    startMeeting: (id) => done(commands.startMeeting(id)),
    copyMeeting: (id, what) => done(commands.copyMeeting(id, what)),
    openPerson: (person) => done(commands.openPerson(person)),
    openEvent: (item) => done(commands.openEvent(item)),
    editMeeting: (id) => data(commands.editMeeting(id)),
    changeMeeting: (id, draft) => data(commands.changeMeeting(id, draft)),
    cancelMeeting: (id) => data(commands.cancelMeeting(id)),
    undoScheduling: (id) => done(commands.undoScheduling(id)),
    logEvent: (id) => data(commands.logEvent(id)),
    newDraft: (person, at) => data(commands.newDraft(person, at)),
    readWhen: (asked) => commands.readWhen(asked),
    checkSchedule: (draft) => data(commands.checkSchedule(draft)),
    scheduleMeeting: (draft) => data(commands.scheduleMeeting(draft)),
    searchPeople: (query, limit) => data(commands.searchPeople(query, limit)),
    listZones: (query) => commands.listZones(query),
    listOutbox: () => data(commands.listOutbox()),
    undoOutboxItem: (id) => done(commands.undoOutboxItem(id)),
    retryOutboxItem: (id) => done(commands.retryOutboxItem(id)),
    discardOutboxItem: (id) => done(commands.discardOutboxItem(id)),
    restoreOutboxItem: (id) => done(commands.restoreOutboxItem(id)),
    editOutboxItem: (id, texts) => done(commands.editOutboxItem(id, texts)),
    decideOutboxItem: (id, mine) => done(commands.decideOutboxItem(id, mine)),
    reopenOutboxItem: (id) => data(commands.reopenOutboxItem(id)),
    pauseOutbox: (paused) => done(commands.pauseOutbox(paused)),
    getUiState: (key) => data(commands.getUiState(key)),
    setUiState: (key, value) => done(commands.setUiState(key, value)),
    quitApp: () => commands.quitApp(),
    quitAnyway: () => commands.quitAnyway(),
    stayOpen: () => commands.stayOpen(),
    zoomWindow: (percent) => commands.zoomWindow(percent),
    onDataChanged(listener) {
      const stop = events.dataChanged.listen((event) => listener(event.payload.tags));
      return () => void stop.then((unlisten) => unlisten());
    },
    onQuitAsked(listener) {
      const stop = events.quitAsked.listen((event) => listener(event.payload.unsent));
      return () => void stop.then((unlisten) => unlisten());
    },
  };
}
