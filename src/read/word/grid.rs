//! The grid of a table whose cells are told by their edges: where they begin and end, which lines all rows share.
use super::table::Merge;

/// One cell of a row as its definition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct CellDef {
    pub down: Merge,
    pub across: Merge,
}

/// The definition of a row: the edges of its cells in twips, and how they merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::read) struct RowDef {
    pub edges: Vec<i32>,
    pub cells: Vec<CellDef>,
}

/// Edges of one table nearer than this, in twips, are one line of its grid: 0.7 mm. Rows drawn by hand differ by
/// a few twips, and no cell that holds a character is as narrow.
const SAME_EDGE: i32 = 40;

/// The lines of a table's grid.
#[derive(Debug, Default)]
pub(in crate::read) struct Grid(Vec<i32>);

impl Grid {
    pub fn of<'a>(rows: impl Iterator<Item = &'a RowDef>) -> Self {
        let mut edges: Vec<i32> = rows.flat_map(|r| r.edges.iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut lines: Vec<i32> = Vec::new();
        let mut last = i32::MIN;
        for edge in edges {
            let begun = lines.last().copied().unwrap_or(i32::MIN);
            if lines.is_empty() || edge.saturating_sub(last) > SAME_EDGE || edge.saturating_sub(begun) > 2 * SAME_EDGE {
                lines.push(edge);
            }
            last = edge;
        }
        Self(lines)
    }

    /// Number of the line an edge lies on, from 0.
    fn line(&self, edge: i32) -> usize {
        self.0.partition_point(|l| *l <= edge).saturating_sub(1)
    }

    /// Columns left out before a row, and the columns each of its cells spans. No cell vanishes, however narrow.
    pub fn columns(&self, row: &RowDef) -> (u32, Vec<u32>) {
        let mut edges = row.edges.iter().map(|e| self.line(*e));
        let first = edges.next().unwrap_or(0);
        let mut at = first;
        let spans = edges
            .map(|edge| {
                let span = edge.saturating_sub(at).max(1);
                at += span;
                span as u32
            })
            .collect();
        (first as u32, spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(edges: &[i32]) -> RowDef {
        RowDef { edges: edges.to_vec(), cells: vec![CellDef::default(); edges.len() - 1] }
    }

    #[test]
    fn rows_that_differ_by_a_hair_share_their_columns() {
        let rows = [row(&[0, 1000, 2000, 3000]), row(&[5, 2012, 3000]), row(&[1000, 2990])];
        let grid = Grid::of(rows.iter());
        assert_eq!(grid.columns(&rows[0]), (0, vec![1, 1, 1]));
        assert_eq!(grid.columns(&rows[1]), (0, vec![2, 1]));
        assert_eq!(grid.columns(&rows[2]), (1, vec![2]));
    }
}
