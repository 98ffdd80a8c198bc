// pdfmake: what the best known generator of such requests makes its letters with.
"use strict";
const { MARGIN, SIZE, blocks, face, library, run, written } = require("./job");
const pdfmake = library("pdfmake");

const fonts = { Text: { normal: face("Regular"), bold: face("Bold"), italics: face("Italic") } };
const definition = (letter) => ({
  pageSize: "LETTER",
  pageMargins: MARGIN,
  defaultStyle: { font: "Text", fontSize: SIZE },
  content: blocks(letter).map(([style, text]) => (
    { text, bold: style === "Bold", margin: [0, 0, 0, 6] })),
});

if (typeof pdfmake === "function") { // until 0.2 a class of printers
  const printer = new pdfmake(fonts);
  run((letter, target) => written(printer.createPdfKitDocument(definition(letter)), target));
} else {
  pdfmake.addFonts(fonts);
  if (pdfmake.setLocalAccessPolicy) pdfmake.setLocalAccessPolicy(() => true);
  run((letter, target) => pdfmake.createPdf(definition(letter)).write(target));
}
