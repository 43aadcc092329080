// Sharing what is on the screen: as a link, a QR code, a mail, a command.

import { openDialog } from "./dialog.js";
import { _ } from "./text.js";

/** Open the dialog that shares the scenario as it stands. */
export function openShare(ctx) {
  return openDialog(ctx.board, _("Share"), { name: "share" });
}
