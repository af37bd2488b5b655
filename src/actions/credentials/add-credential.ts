import type { App } from "@slack/bolt";
import { z } from "zod";
import { CREDENTIAL_TYPES } from "../../services/zpa/credentials/credential.ts";
import { signedActor, triggerIn } from "../../slack/click.ts";
import { pushWhenDrawn } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { MicrotenantChoice } from "../../views/button-value.ts";
import { addCredentialForm } from "../../views/credentials/add-form.ts";
import { handOverForm } from "../../views/credentials/hand-over.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";
import { placeIn } from "./open-credentials.ts";

const text = z.object({ value: z.string().nullish() });
const choice = <Value extends z.ZodType>(value: Value) => z.object({ selected_option: z.object({ value }) });
const written = z.object({
  state: z.object({
    values: z.object({
      [BLOCK.credentialName]: z.object({ [ACTION.credentialName]: text }),
      [BLOCK.credentialType]: z.object({ [ACTION.credentialType]: choice(z.enum(CREDENTIAL_TYPES)) }),
      [BLOCK.credentialUser]: z.object({ [ACTION.credentialUser]: text }),
      [BLOCK.credentialDomain]: z.object({ [ACTION.credentialDomain]: text }),
      [BLOCK.credentialDescription]: z.object({ [ACTION.credentialDescription]: text }),
      /** Without microtenants there is no menu of them. */
      [BLOCK.credentialMicrotenant]: z.object({ [ACTION.credentialMicrotenant]: choice(MicrotenantChoice) }).optional(),
    }),
  }),
});

/** From the list to the form, which has no field for the secret, and from it to the one-time link. */
export const registerAddCredential = (app: App, deps: ListenerDeps): void => {
  const { credentials } = deps.services;

  app.action(ACTION.credentialsNew, async ({ ack, body }) => {
    const by = signedActor(body);
    const triggerId = triggerIn(body);
    const place = placeIn(body);
    await ack();
    await pushWhenDrawn(deps, { by, triggerId, title: (texts) => texts.credentials.formTitle }, async (texts) =>
      addCredentialForm((await credentials.room({ by })).places, { place }, texts),
    );
  });

  app.view(CALLBACK.credentialForm, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const [offer, texts] = await Promise.all([credentials.offer({ by, kind: "add", ...fieldsIn(view) }), textsOf(deps, by)]);
    await ack({ response_action: "update", view: handOverForm(offer, texts) });
  });
};

function fieldsIn(view: unknown) {
  const { values } = written.parse(view).state;
  return {
    name: values[BLOCK.credentialName][ACTION.credentialName].value ?? "",
    type: values[BLOCK.credentialType][ACTION.credentialType].selected_option.value,
    userName: values[BLOCK.credentialUser][ACTION.credentialUser].value ?? null,
    userDomain: values[BLOCK.credentialDomain][ACTION.credentialDomain].value ?? null,
    description: values[BLOCK.credentialDescription][ACTION.credentialDescription].value ?? null,
    microtenantId: values[BLOCK.credentialMicrotenant]?.[ACTION.credentialMicrotenant].selected_option.value ?? null,
  };
}
