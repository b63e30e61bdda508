//! The row that is being defined.
use crate::read::word::grid::{CellDef, RowDef};
use crate::read::word::table::Merge;

#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    left: i32,
    cell: CellDef,
    def: RowDef,
}

/// Cells beyond this are not counted; Word itself ends at 63.
const MOST: usize = 255;

impl Row {
    /// Takes a word that defines rows; whether it is one.
    pub fn word(&mut self, word: &str, number: Option<i32>) -> bool {
        match word {
            "trowd" => *self = Self::default(),
            "trleft" => self.left = number.unwrap_or(0),
            "clvmgf" => self.cell.down = Merge::Restart,
            "clvmrg" => self.cell.down = Merge::Continue,
            "clmgf" => self.cell.across = Merge::Restart,
            "clmrg" => self.cell.across = Merge::Continue,
            "cellx" => {
                if self.def.cells.len() < MOST {
                    if self.def.edges.is_empty() {
                        self.def.edges.push(self.left);
                    }
                    self.def.edges.push(number.unwrap_or(0));
                    self.def.cells.push(self.cell);
                }
                self.cell = CellDef::default();
            }
            _ => return false,
        }
        true
    }

    pub fn def(&self) -> Option<Box<RowDef>> {
        (!self.def.cells.is_empty()).then(|| Box::new(self.def.clone()))
    }
}
