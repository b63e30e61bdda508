//! Cells on their way to blocks: order, merged cells, empty cells, limits.
use crate::model::{Block, BlockKind, Document, Format, Location, Problem, ProblemKind, Read};
use crate::read::Limits;
use crate::read::word::pictures;
use crate::say;
use calamine::Dimensions;
use std::collections::{HashMap, HashSet};

/// One cell; row and column count from 0 as the formats do.
#[derive(Debug)]
pub struct Cell {
    pub row: u32,
    pub column: u32,
    pub text: String,
}

/// What stands over the sheet, not in a cell.
#[derive(Debug)]
pub struct Floating {
    /// A comment, a text box or a picture.
    pub kind: BlockKind,
    /// The cell it belongs to or begins at, where known.
    pub at: Option<(u32, u32)>,
    pub text: String,
    /// Whether it is a picture as large as a page.
    pub is_large: bool,
}

impl Floating {
    pub fn words(kind: BlockKind, at: Option<(u32, u32)>, text: String) -> Self {
        Self { kind, at, text, is_large: false }
    }
}

/// One sheet as its reader gives it.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub cells: Vec<Cell>,
    pub merges: Vec<Dimensions>,
    pub floating: Vec<Floating>,
    /// Cells with a formula that was never calculated.
    pub uncalculated: Vec<(u32, u32)>,
    /// Numbers with more digits than a spreadsheet keeps.
    pub overlong: Vec<(u32, u32)>,
}

/// The blocks and problems of a workbook.
pub struct Grid<'a> {
    pub limits: &'a Limits,
    blocks: Vec<Block>,
    problems: Vec<Problem>,
    characters: u64,
    /// Number of the last sheet.
    sheet: u32,
    large_pictures: u32,
    partial: bool,
}

/// Empty cells are listed too, so that a value is never taken from the cell behind its own empty one; but
/// not where a sheet is mostly empty.
const EMPTY_PER_CELL: u64 = 8;

impl<'a> Grid<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, blocks: Vec::new(), problems: Vec::new(), characters: 0, sheet: 0, large_pictures: 0, partial: false }
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether a sheet's reader has to stop; notes why.
    pub fn is_full(&mut self, sheet: &Sheet) -> bool {
        let full = sheet.cells.len() as u64 >= self.limits.cells;
        if self.blocks.len() + sheet.cells.len() >= self.limits.blocks as usize {
            self.too_many();
            return true;
        }
        if full {
            self.fail(Problem::new(
                ProblemKind::TooLarge,
                say!(
                    "工作表“{0}”超过{1}个单元格，其余的没有读取",
                    "sheet “{0}” has more than {1} cells; the others were not read",
                    sheet.name,
                    self.limits.cells,
                ),
            ));
        }
        full
    }

    /// Notes a problem that leaves some of the content unknown.
    pub fn fail(&mut self, problem: Problem) {
        self.partial = true;
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// A sheet without cells of its own (a chart) still counts.
    pub fn skip_sheet(&mut self) {
        self.sheet += 1;
    }

    pub fn add(&mut self, mut sheet: Sheet) {
        self.sheet += 1;
        sheet.cells.retain(|cell| !cell.text.is_empty());
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        sheet.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.note(&sheet);
        let spans: HashMap<(u32, u32), (u32, u32)> = sheet.merges.iter().map(|merge| (merge.start, span(merge))).collect();
        let empties = empty_cells(&sheet);
        let mut cells = std::mem::take(&mut sheet.cells);
        cells.extend(empties);
        cells.sort_by_key(|cell| (cell.row, cell.column));
        for cell in cells {
            let mut block = Block::new(BlockKind::Cell, cell.text, self.place(&sheet, Some((cell.row, cell.column))));
            block.spans = spans.get(&(cell.row, cell.column)).copied().unwrap_or((1, 1));
            if !self.push(block) {
                return;
            }
        }
        for floating in &sheet.floating {
            self.large_pictures += u32::from(floating.is_large);
            let block = Block::new(floating.kind, floating.text.clone(), self.place(&sheet, floating.at));
            if !self.push(block) {
                return;
            }
        }
    }

    fn place(&self, sheet: &Sheet, at: Option<(u32, u32)>) -> Location {
        Location {
            sheet: Some(sheet.name.clone()),
            table: Some(self.sheet),
            row: at.map(|(row, _)| row.saturating_add(1)),
            column: at.map(|(_, column)| column.saturating_add(1)),
            ..Location::default()
        }
    }

    fn too_many(&mut self) {
        self.fail(Problem::new(
            ProblemKind::TooLarge,
            say!(
                "表格超过{0}个单元格，其余的没有读取；请删去多余内容或拆分后重新提交",
                "the workbook has more than {0} cells; the others were not read; remove what is not needed or split it",
                self.limits.blocks,
            ),
        ));
    }

    /// Adds a block; false where there is no room for more.
    fn push(&mut self, block: Block) -> bool {
        if self.blocks.len() >= self.limits.blocks as usize {
            self.too_many();
            return false;
        }
        self.characters += block.text.chars().count() as u64;
        if self.characters > self.limits.characters {
            self.fail(Problem::new(
                ProblemKind::TooLarge,
                say!("文字超过{0}个字符，其余的没有读取", "there are more than {0} characters; the rest was not read", self.limits.characters),
            ));
            return false;
        }
        self.blocks.push(block);
        true
    }

    fn note(&mut self, sheet: &Sheet) {
        if sheet.hidden && !sheet.cells.is_empty() {
            self.problems.push(Problem::new(
                ProblemKind::Note,
                say!("工作表“{0}”是隐藏的，其内容也已读取", "sheet “{0}” is hidden; its content was read too", sheet.name),
            ));
        }
        if let Some(cell) = sheet.uncalculated.first() {
            self.partial = true;
            self.problems.push(Problem::new(
                ProblemKind::Note,
                say!(
                    "工作表“{0}”有{1}个公式没有保存计算结果（如 {2}），其数值未知；请用 Excel 或 WPS 打开并保存后重新提交",
                    "sheet “{0}” has {1} formulas without a stored result (such as {2}), so their values are not known; open it, save it again and hand it in",
                    sheet.name,
                    sheet.uncalculated.len(),
                    address(*cell),
                ),
            ));
        }
        if let Some(cell) = sheet.overlong.first() {
            self.problems.push(Problem::new(
                ProblemKind::Note,
                say!(
                    "工作表“{0}”有超过15位的数字按数值存放（如 {1}），第16位起不可靠；请改为文本格式",
                    "sheet “{0}” keeps numbers of more than 15 digits as numbers (such as {1}); their later digits are not reliable; make them text",
                    sheet.name,
                    address(*cell),
                ),
            ));
        }
    }

    pub fn finish(mut self, format: Format) -> Document {
        if let Some(say) = pictures::unread(&self.blocks, self.large_pictures) {
            self.fail(Problem::new(ProblemKind::ImageOnly, say));
        }
        let mut document = Document::read_full(format, self.blocks);
        document.problems = self.problems;
        document.has_page_pictures = self.large_pictures > 0;
        if self.partial {
            document.read = if document.blocks.is_empty() { Read::None } else { Read::Partial };
        }
        if document.blocks.is_empty() && document.problems.is_empty() {
            document.problems.push(Problem::new(ProblemKind::Note, say!("表格里没有内容", "there is nothing in the workbook")));
        }
        document
    }
}

fn span(merge: &Dimensions) -> (u32, u32) {
    let length = |from: u32, to: u32| to.saturating_sub(from).saturating_add(1);
    (length(merge.start.0, merge.end.0), length(merge.start.1, merge.end.1))
}

/// The empty cells between the first and the last used row and column, those under a merged cell left out.
fn empty_cells(sheet: &Sheet) -> Vec<Cell> {
    let (Some(first), Some(last)) = (sheet.cells.first(), sheet.cells.last()) else { return Vec::new() };
    let left = sheet.cells.iter().map(|cell| cell.column).min().unwrap_or(0);
    let right = sheet.cells.iter().map(|cell| cell.column).max().unwrap_or(0);
    let area = u64::from(last.row - first.row + 1) * u64::from(right - left + 1);
    if area > sheet.cells.len() as u64 * EMPTY_PER_CELL {
        return Vec::new();
    }
    let mut taken: HashSet<(u32, u32)> = sheet.cells.iter().map(|cell| (cell.row, cell.column)).collect();
    let mut work = area;
    for merge in &sheet.merges {
        for row in merge.start.0.max(first.row)..=merge.end.0.min(last.row) {
            for column in merge.start.1.max(left)..=merge.end.1.min(right) {
                if (row, column) != merge.start {
                    taken.insert((row, column));
                }
                work = work.saturating_sub(1);
            }
            if work == 0 {
                break;
            }
        }
    }
    let places = (first.row..=last.row).flat_map(|row| (left..=right).map(move |column| (row, column)));
    places.filter(|place| !taken.contains(place)).map(|(row, column)| Cell { row, column, text: String::new() }).collect()
}

/// `B12` for row 11, column 1.
fn address((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let column: String = letters.iter().rev().collect();
    format!("{column}{}", u64::from(row) + 1)
}
