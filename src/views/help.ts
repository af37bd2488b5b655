import type { Texts } from "../texts/texts.ts";
import { header, type Message } from "./blocks.ts";
import { bullets, code, line, richText, words } from "./rich-text.ts";

/** The answer to `/pra help`. */
export const helpMessage = ({ help, life }: Texts): Message => ({
  text: `${help.title}. ${help.intro}`,
  blocks: [
    header(help.title),
    richText(
      line(words(help.intro)),
      bullets([
        [code("/pra"), words(` ${help.form}`)],
        [code(help.requestExample), words(` ${help.request}`)],
        [code("/pra mine"), words(` ${help.mine}`)],
        [code("/pra explain PRA-1042"), words(` ${help.explain}`)],
        [code("/pra approvals"), words(` ${help.approvals}`)],
        [code(help.grantExample), words(` ${help.grant}`)],
        [code("/pra break-glass"), words(` ${help.breakGlass}`)],
        [code("/pra done PRA-1042"), words(` ${life.help.done}`)],
        [code(life.help.shortenExample), words(` ${life.help.shorten}`)],
        [code(life.help.extendExample), words(` ${life.help.extend}`)],
        [code(life.help.revokeExample), words(` ${life.help.revoke}`)],
        [code("/pra config"), words(` ${help.config}`)],
        [code("/pra consoles"), words(` ${help.consoles}`)],
        [code("/pra credentials"), words(` ${help.credentials}`)],
        [code("/pra policy"), words(` ${help.policy}`)],
        [code("/pra findings"), words(` ${help.findings}`)],
        [code("/pra reconcile"), words(` ${help.reconcile}`)],
        [code("/pra help"), words(` ${help.help}`)],
      ]),
      line(words(help.home)),
    ),
  ],
});
