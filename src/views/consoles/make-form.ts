import type { KnownBlock, ModalView } from "@slack/types";
import {
  CONSOLES_AT_ONCE,
  type ConsoleRoom,
  type ConsoleTarget,
  DEFAULT_PATTERN,
  PATTERN_MAX_LENGTH,
  PORTALS_AT_ONCE,
} from "../../services/consoles/consoles.ts";
import type { Texts } from "../../texts/texts.ts";
import { context, LIMIT, option, plain, section } from "../blocks.ts";
import type { ConsolesFormMemory } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input } from "../input.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";

/** Stands for the Default microtenant in a menu: an option's value is never empty. */
export const DEFAULT_PLACE = "default";

/** Which applications get a console, on which portals, under which names. */
export function makeConsolesForm(room: ConsoleRoom, texts: Texts): ModalView {
  const { consoles: say, common } = texts;
  const memory: ConsolesFormMemory = { microtenantId: room.microtenantId };
  const place = named(room.microtenantName, 80);
  const problem = room.applications.length === 0 ? say.applicationsNone(place) : room.portals.length === 0 ? say.portalsNone(place) : null;
  return modal({
    callbackId: CALLBACK.consolesForm,
    title: say.formTitle,
    close: common.cancel,
    memory,
    ...(problem === null ? { submit: say.review } : {}),
    blocks: [
      section(plain(say.formIntro, LIMIT.section)),
      ...(room.microtenants.length < 2 ? [] : [microtenantMenu(room, texts)]),
      ...(problem === null ? fields(room, texts) : [section(plain(problem, LIMIT.section))]),
    ],
  });
}

function microtenantMenu({ microtenants, microtenantId }: ConsoleRoom, { consoles: say }: Texts): KnownBlock {
  const options = microtenants.slice(0, LIMIT.options).map(({ id, name }) => option(id ?? DEFAULT_PLACE, named(name, LIMIT.option)));
  const chosen = options.find(({ value }) => value === (microtenantId ?? DEFAULT_PLACE));
  return {
    ...section(plain(say.microtenant, LIMIT.section), BLOCK.consolesMicrotenant),
    accessory: {
      type: "static_select",
      action_id: ACTION.consolesMicrotenant,
      placeholder: plain(say.microtenant, LIMIT.placeholder),
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    },
  };
}

/** Another microtenant has fields of its own: nothing that was chosen in one may be kept for the other. */
function fields({ applications, portals, microtenantId }: ConsoleRoom, { consoles: say }: Texts): KnownBlock[] {
  const offered = portals.slice(0, LIMIT.options).map(({ id, name }) => option(id, named(name, LIMIT.option)));
  const rest = applications.length - LIMIT.options;
  return [
    input(
      {
        blockId: BLOCK.consoleApplications,
        label: say.applications(applications.length),
        hint: say.applicationsHint(CONSOLES_AT_ONCE),
      },
      {
        type: "multi_static_select",
        action_id: placed(ACTION.consoleApplications, microtenantId),
        placeholder: plain(say.applicationsPlaceholder, LIMIT.placeholder),
        max_selected_items: CONSOLES_AT_ONCE,
        options: applications
          .slice(0, LIMIT.options)
          .map((application) => option(application.id, targetName(application), application.name)),
      },
    ),
    ...(rest > 0 ? [context(plain(say.applicationsMore(rest), LIMIT.context))] : []),
    input(
      { blockId: BLOCK.consolePortals, label: say.portalsField },
      {
        type: "multi_static_select",
        action_id: placed(ACTION.consolePortals, microtenantId),
        placeholder: plain(say.portalsPlaceholder, LIMIT.placeholder),
        max_selected_items: PORTALS_AT_ONCE,
        options: offered,
        ...(offered.length === 1 ? { initial_options: offered } : {}),
      },
    ),
    input(
      { blockId: BLOCK.consolePattern, label: say.pattern, hint: say.patternHint },
      { type: "plain_text_input", action_id: ACTION.consolePattern, max_length: PATTERN_MAX_LENGTH, initial_value: DEFAULT_PATTERN },
    ),
  ];
}

/** The action of a field in one microtenant. Errors are shown by the block, which stays. */
const placed = (actionId: string, microtenantId: string | null): string => `${actionId}_${microtenantId ?? DEFAULT_PLACE}`;

/** @example targetName({ domain: "bench-1.lab.acme.example", protocol: "SSH", … }) // "bench-1.lab.acme.example · SSH" */
export const targetName = ({ name, domain, protocol }: ConsoleTarget): string =>
  named([domain ?? name, protocol].filter((part) => part !== null && part !== "").join(" · "), 150);
