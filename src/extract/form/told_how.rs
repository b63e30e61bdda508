//! Columns that tell how to fill in the rows beside them.
use super::grid::{Grid, GridCell};
use super::label::{is_hint, squash};

/// The head of a table whose last column tells how to fill in its rows.
pub struct Instructions {
    /// Of the head, where there is one.
    pub row: Option<usize>,
    /// First column of what is told.
    pub column: u32,
}

/// 填报项目 | 填写内容 | 填写要求 over rows of a label, its answer and what is to be written there.
pub fn instructions(grid: &Grid<'_>) -> Option<Instructions> {
    const ANSWERS: [&str; 5] = ["填写内容", "填报内容", "内容", "填写", "填报"];
    const HOW: [&str; 10] = ["填写要求", "填报要求", "填表要求", "填写说明", "填报说明", "填表说明", "要求", "说明", "注意事项", "备注"];
    let headed = grid.starts.iter().enumerate().take(3).find_map(|(row, cells)| {
        let cells = grid.unpadded(cells);
        let (&last, heads) = cells.split_last()?;
        let head = |i: usize| squash(grid.cells[i].text);
        let answered = heads.len() >= 2 && ANSWERS.contains(&head(heads[heads.len() - 1]).as_str());
        (answered && HOW.contains(&head(last).as_str())).then(|| Instructions { row: Some(row), column: grid.cells[last].column })
    });
    headed.or_else(|| unheaded(grid))
}

/// Rows of a label, its answer and a hint that a column of instructions without a head has at least.
const LEAST_HINTS: usize = 4;

/// A last column of which most cells are hints, each behind a label and its answer.
fn unheaded(grid: &Grid<'_>) -> Option<Instructions> {
    let told: Vec<&GridCell<'_>> = grid
        .starts
        .iter()
        .filter_map(|cells| match *grid.unpadded(cells) {
            [label, answer, last] if grid.cells[label].sense.is_some() && grid.cells[answer].sense.is_none() => Some(&grid.cells[last]),
            _ => None,
        })
        .filter(|last| last.sense.is_none() && !last.is_empty() && last.column_end > grid.width)
        .collect();
    let column = told.first()?.column;
    let hints = told.iter().filter(|last| super::hint::is_template(last.text) || is_hint(&last.text.replace('号', ""))).count();
    let apart = told.iter().all(|last| last.column == column);
    (apart && hints >= LEAST_HINTS && hints * 5 >= told.len() * 3).then_some(Instructions { row: None, column })
}
