// The part of the simulation that has no webinars: whoever asks for one is told that it is gone.

import { HostError, type OneClick, type WebinarList } from "../types";

function gone(): Promise<never> {
  return Promise.reject(new HostError({ kind: "gone" }));
}

export class NoWebinars {
  async listWebinars(): Promise<WebinarList> {
    return { rows: [], total: 0, upcoming: 0, past: 0, access: { kind: "noLicence" }, asOf: null, pinned: null };
  }

  async getPinnedWebinar(): Promise<null> {
    return null;
  }

  async registerPerson(): Promise<OneClick> {
    return { kind: "nothingPinned" };
  }

  searchCampaigns(): Promise<never> {
    return gone();
  }

  startCampaign(): Promise<never> {
    return gone();
  }

  planCampaign(): Promise<never> {
    return gone();
  }

  runCampaign(): Promise<never> {
    return gone();
  }

  getWebinar(): Promise<never> {
    return gone();
  }

  refreshWebinar(): Promise<never> {
    return gone();
  }

  pinWebinar(): Promise<never> {
    return gone();
  }

  listRegistrants(): Promise<never> {
    return gone();
  }

  listAttendance(): Promise<never> {
    return gone();
  }

  checkRegistration(): Promise<never> {
    return gone();
  }

  registerPeople(): Promise<never> {
    return gone();
  }

  listRegistrationResults(): Promise<never> {
    return gone();
  }

  readPeopleFile(): Promise<never> {
    return gone();
  }

  decideRegistrants(): Promise<never> {
    return gone();
  }

  addPanelists(): Promise<never> {
    return gone();
  }

  removePanelist(): Promise<never> {
    return gone();
  }

  newWebinar(): Promise<never> {
    return gone();
  }

  editWebinar(): Promise<never> {
    return gone();
  }

  checkWebinar(): Promise<never> {
    return gone();
  }

  createWebinar(): Promise<never> {
    return gone();
  }

  changeWebinar(): Promise<never> {
    return gone();
  }

  deleteWebinar(): Promise<never> {
    return gone();
  }

  startWebinar(): Promise<never> {
    return gone();
  }

  joinWebinar(): Promise<never> {
    return gone();
  }

  copyWebinar(): Promise<never> {
    return gone();
  }

  copyRegistrantLink(): Promise<never> {
    return gone();
  }

  copyPanelistLink(): Promise<never> {
    return gone();
  }

  copyRegistrationResults(): Promise<never> {
    return gone();
  }

  copyRegistrants(): Promise<never> {
    return gone();
  }

  copyAttendance(): Promise<never> {
    return gone();
  }
}
