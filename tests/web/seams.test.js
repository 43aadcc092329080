import assert from "node:assert/strict";
import { test } from "node:test";

import { seamed } from "../../ui/web/kit/seams.js";

const parted = (/** @type {string} */ text) => seamed(text).replaceAll("\u00ad", "-");

test("long words have places to be parted, between parts and syllables", () => {
  for (const [text, wanted] of [
    ["Markedsanalyse", "Markeds-analyse"],
    ["Marktonderzoek", "Markt-onderzoek"],
    ["Klantenservice", "Klanten-service"],
    ["Regelmæssighed", "Regel-mæs-sig-hed"],
    ["En afbalanceret omlægning", "En afba-lan-ce-ret omlæg-ning"],
    ["Een evenwichtige verschuiving", "Een even-wich-tige verschui-ving"],
    ["Besparelse", "Be-spa-relse"],
    ["Besparing", "Be-spa-ring"],
    ["Ubesvarede", "Ube-sva-rede"],
    ["Adspurgte", "Ad-spurgte"],
    ["Selvbetjening", "Selv-be-tje-ning"],
    ["Servicekvalitet", "Service-kvalitet"],
    ["Servicekwaliteit", "Service-kwaliteit"],
    ["Prijsopslag", "Prijs-opslag"],
    ["Viderestillede", "Videre-stillede"],
    ["Cocreatie", "Co-crea-tie"],
    ["Servicehenvendelser", "Service-hen-ven-del-ser"],
    ["Betrokken bij telecommerk", "Betrok-ken bij tele-com-merk"],
    ["Opleiding, Content en 110.000", "Oplei-ding, Content en 110.000"],
  ]) {
    assert.equal(parted(text), wanted);
  }
});

test("parting a text again changes nothing", () => {
  const once = seamed("servicevirksomhed");
  assert.equal(seamed(once), once);
  assert.equal(once.replaceAll("\u00ad", ""), "servicevirksomhed");
});
