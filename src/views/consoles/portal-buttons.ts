import type { Button } from "@slack/types";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import type { Texts } from "../../texts/texts.ts";
import { button, LIMIT } from "../blocks.ts";
import { ACTION } from "../ids.ts";
import { named } from "../literal.ts";

/** A button for each portal that shows a console, at most `most`. */
export const portalButtons = (
  { portals, name }: CatalogConsole,
  most: number,
  { openPortal, openPortalLabel }: Texts["consoles"],
): Button[] =>
  portals
    .flatMap((portal) => (portal.url === null || portal.url.length > LIMIT.buttonUrl ? [] : [{ name: portal.name, url: portal.url }]))
    .slice(0, most)
    .map((portal, index) =>
      button({
        actionId: `${ACTION.openPortal}_${index}`,
        text: openPortal(named(portal.name, 40)),
        label: openPortalLabel(named(name, 25), named(portal.name, 20)),
        url: portal.url,
      }),
    );
