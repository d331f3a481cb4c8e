import type { BokehFigure, BokehModel } from './bokeh.js';
import type { Palette } from './palette.js';

/** Give a figure with all its parts the colours and the font of a palette. */
export function colourFigure(figure: BokehFigure, palette: Palette): void {
  figure.setv({
    background_fill_color: palette.background,
    border_fill_color: palette.background,
    outline_line_color: palette.grid
  });
  figure.title.setv({ text_color: palette.text, text_font: palette.font });
  for (const part of [figure.above, figure.below, figure.left, figure.right, figure.center]) {
    for (const model of part) {
      colourPart(model, palette);
    }
  }
  for (const renderer of figure.renderers) {
    renderer.glyph.setv({ line_color: lineColour(renderer.data_source, figure, palette) });
  }
}

function colourPart(model: BokehModel, palette: Palette): void {
  if (model.type.endsWith('Axis')) {
    model.setv({
      axis_line_color: palette.axis,
      major_tick_line_color: palette.axis,
      minor_tick_line_color: palette.axis,
      major_label_text_color: palette.mutedText,
      major_label_text_font: palette.font,
      axis_label_text_color: palette.text,
      axis_label_text_font: palette.font,
      axis_label_text_font_style: 'normal'
    });
  } else if (model.type === 'Grid') {
    model.setv({ grid_line_color: palette.grid });
  } else if (model.type === 'Legend') {
    model.setv({
      background_fill_color: palette.background,
      border_line_color: palette.grid,
      label_text_color: palette.text,
      label_text_font: palette.font
    });
  }
}

function lineColour(source: BokehModel, figure: BokehFigure, palette: Palette): string {
  const isHistory = source === figure.document?.get_model_by_name('history');
  return isHistory ? palette.history : palette.latest;
}
