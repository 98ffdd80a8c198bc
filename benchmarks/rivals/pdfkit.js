// PDFKit: a drawing library that breaks lines by itself.
"use strict";
const { MARGIN, SIZE, blocks, face, library, run, written } = require("./job");
const PDFDocument = library("pdfkit");

run((letter, target) => {
  const page = new PDFDocument({ size: "LETTER", margin: MARGIN });
  for (const [style, text] of blocks(letter)) {
    page.font(face(style)).fontSize(SIZE).text(text).moveDown(0.5);
  }
  return written(page, target);
});
