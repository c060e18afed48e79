// A record that something is about, as words.

import type { Topic, TopicKind } from "../../host";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";

const kinds: Record<TopicKind, MessageKey> = { account: "topic-account", opportunity: "topic-opportunity", case: "topic-case" };

export const topicWords = ({ kind, name, state }: Topic) => joined([t(kinds[kind]), name, state]);
