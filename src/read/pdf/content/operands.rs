//! Operands of drawing operators.
use super::Matrix;
use hayro_syntax::content::Instruction;
use hayro_syntax::object::{Array, Dict, Name, Object};

pub fn matrix(dict: &Dict<'_>) -> Option<Matrix> {
    let m: Vec<f64> = dict.get::<Array<'_>>("Matrix")?.iter::<f64>().collect();
    m.get(..6)?.try_into().ok().map(Matrix)
}

/// The last `N` number operands.
pub fn numbers<const N: usize>(i: &Instruction<'_, '_>) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let mut found = 0;
    for operand in i.operands() {
        if let Object::Number(n) = operand {
            if found == N {
                out.rotate_left(1);
                found -= 1;
            }
            out[found] = n.as_f64();
            found += 1;
        }
    }
    (found == N).then_some(out)
}

pub fn name<'i, 'd>(i: &Instruction<'i, 'd>) -> Option<&'i Name<'d>> {
    i.operands().find_map(|o| match o {
        Object::Name(name) => Some(name),
        _ => None,
    })
}

pub fn set(value: &mut f64, i: &Instruction<'_, '_>) {
    if let Some([n]) = numbers(i) {
        *value = n;
    }
}

/// White, as far as the number of components tells.
pub fn is_paper(operator: &[u8], i: &Instruction<'_, '_>) -> bool {
    let parts: Vec<f64> = i.operands().filter_map(|o| if let Object::Number(n) = o { Some(n.as_f64()) } else { None }).collect();
    match parts.len() {
        1 => operator.eq_ignore_ascii_case(b"g") && parts[0] > 0.98,
        3 => parts.iter().all(|p| *p > 0.98),
        4 => parts.iter().all(|p| *p < 0.02),
        _ => false,
    }
}
