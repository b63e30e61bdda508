//! Whose particulars a label asks for: its own words, its row, the label beside it, the lines above.
use super::label::squash;
use super::layout::Pair;
use super::lexicon::{Kind, Owner, Sense};
use super::section::{Topic, Zone};
use super::walk::Walk;
use super::whose::{owner_of, role_of};
use crate::model::FieldId;

/// Characters of the longest name of a person, 老师 and the like with it.
const LONGEST_NAME: usize = 6;

/// A person or block, and the label that named it.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    pub owner: Owner,
    pub label: String,
}

impl Walk<'_, '_> {
    /// Whose the answer is: the label says, else the row, the side label, the lines above, the section.
    pub fn owner(&self, sense: Sense, row: Option<&Owned>, side: Option<Owner>) -> Option<Owner> {
        // 填报时间 behind the office's own part is still the form's
        if sense.field == Some(FieldId::DateFilled) && !sense.weak && row.is_none() && side.is_none() {
            return sense.owner;
        }
        let open = self.out.section(self.out.sections.len() - 1);
        // 主持人和核心组成员情况: no member is asked where he lives, the leader is
        let lives = matches!(sense.kind, Kind::Address | Kind::Postcode) && names_leader(&self.heading);
        let section = open.owner.filter(|owner| *owner != Owner::Member || !lives);
        // where the organisation is, not where its head lives
        // 承担单位 beside 法定代表人 | … | 电子邮箱 | …: the unit's mail
        let of_unit = sense.kind == Kind::Email && side == Some(Owner::Applicant);
        let headless = of_unit || matches!(sense.kind, Kind::Address | Kind::Postcode | Kind::Organisation);
        let row = row.filter(|r| r.owner != Owner::Head || !headless);
        let theirs = |owner: Owner| matches!(owner, Owner::Partner | Owner::Recommender | Owner::Adviser | Owner::Office);
        // a cover names the adviser or who recommends between the applicant and his telephone; a second telephone is theirs, and what follows it
        let asked = || {
            let goes_on =
                self.out.pairs.last().is_some_and(|p| {
                    p.owner.is_some_and(theirs) && p.sense.is_some_and(|s| s.field == Some(FieldId::Phone) || s.field == Some(FieldId::Email))
                });
            // 单位负责人 asks for no 联系人
            let same = |s: Sense| s.kind == sense.kind && (s.kind != Kind::Person || s.owner == sense.owner);
            goes_on || self.out.pairs.iter().any(|p| p.zone == Zone::Cover && p.sense.is_some_and(same))
        };
        let block = self.block.filter(|_| self.zone != Zone::Cover || asked());
        // a contact in the block of another organisation is theirs
        // 三、合作单位情况 over its own 负责人 and 联系人; 项目负责人 beneath it is still ours
        let ours = row.is_some_and(|r| r.owner == Owner::Leader && r.label.starts_with(['项', '课', '申']));
        let theirs_all = section.filter(|o| theirs(*o) && open.topic != Topic::Opinion && !ours);
        let outer = side.or(theirs_all).or(block).or(row.map(|r| r.owner)).filter(|o| theirs(*o));
        if let Some(outer) = outer
            && (sense.owner == Some(Owner::Contact) || sense.weak && sense.owner == Some(Owner::Leader) || sense.owner.is_none() && is_attribute(sense.kind))
        {
            return Some(outer);
        }
        // 指导教师 | … | 所在学院 | …: where he works, not who applies
        if sense.kind == Kind::Organisation
            && sense.owner == Some(Owner::Applicant)
            && (row.is_some_and(|r| r.owner == Owner::Adviser) || side == Some(Owner::Adviser))
        {
            return Some(Owner::Adviser);
        }
        let carried = self.carry.as_ref().filter(|_| is_attribute(sense.kind)).map(|c| c.owner).filter(|owner| match owner {
            Owner::Head => !headless,
            Owner::Recommender => self.zone != Zone::Cover || asked(),
            Owner::Adviser => self.zone != Zone::Cover || sense.kind == Kind::Title || asked(),
            _ => true,
        });
        sense.owner.or(row.map(|r| r.owner)).or(side).or(carried).or(section)
    }

    /// 指导教师：____ with nothing behind it: an answer below tells of somebody else.
    pub fn adviser_is_blank(&self, owner: Option<Owner>) -> bool {
        let named = |p: &&Pair| p.owner == owner && p.sense.is_some_and(|s| matches!(s.kind, Kind::Person | Kind::Name) && s.owner == owner);
        owner == Some(Owner::Adviser) && self.out.pairs.iter().rfind(named).is_some_and(|p| p.value.is_empty())
    }

    /// The label that names the owner, where the label itself does not.
    pub fn of(&self, sense: Sense, row: Option<&Owned>) -> Option<String> {
        let carried = row.or(self.carry.as_ref()).filter(|_| sense.owner.is_none() && is_attribute(sense.kind) && sense.kind != Kind::Text);
        carried.map(|owned| owned.label.clone())
    }

    /// Whether a leader was asked for: where none is, a part nobody knows (工程中心主任) may be the leader's.
    pub fn knows_leader(&self) -> bool {
        self.out.pairs.iter().any(|p| p.owner == Some(Owner::Leader))
    }

    /// Whether the applying organisation was asked for: 企业 in a block of its own is then another, which is worked with.
    pub fn knows_applicant(&self) -> bool {
        let asked = |p: &&Pair| p.sense.is_some_and(|s| s.kind == Kind::Organisation && s.field == Some(FieldId::ApplicantName));
        self.out.pairs.iter().filter(asked).any(|p| p.owner != Some(Owner::Partner) && !p.value.is_empty() && !names_enterprise(&p.label))
    }

    /// Whose block a heading or a label beside rows opens.
    pub fn block_owner(&self, heading: &str) -> Option<Owner> {
        owner_of(heading).or_else(|| (names_enterprise(heading) && self.knows_applicant()).then_some(Owner::Partner))
    }

    /// A label nobody knows that names a person's part or an office, with a person's name or nothing behind it: what follows is not the
    /// leader's. On a cover only what was asked for before is taken to be another's.
    pub fn note_role(&mut self, label: &str, value: &str, row: &mut Option<Owned>) {
        let name = squash(value);
        let is_name = name.chars().count() <= LONGEST_NAME && !name.chars().any(|c| c.is_ascii_digit());
        let Some(owner) = role_of(label).filter(|_| is_name && self.knows_leader()) else { return };
        let owned = Owned { owner, label: label.trim().trim_end_matches(['：', ':']).to_owned() };
        let asked = self.out.pairs.iter().any(|p| p.sense.is_some_and(|s| matches!(s.kind, Kind::Phone | Kind::Email)));
        if self.zone != Zone::Cover || asked {
            self.carry = Some(owned.clone());
        }
        *row = Some(owned);
    }

    /// Whether the pair that was read last stands behind the applicant's in its row: 申报单位 | … | 推荐单位 | ….
    fn is_beside_applicant(&self) -> bool {
        let [.., before, last] = self.out.pairs.as_slice() else { return false };
        let row = |pair: &Pair| self.view.document.blocks.get(pair.label_at.block as usize).filter(|_| pair.in_table).and_then(|b| b.at.row);
        let applies = before.sense.is_some_and(|s| s.kind == Kind::Organisation && s.owner == Some(Owner::Applicant));
        applies && row(before).is_some() && row(before) == row(last)
    }

    /// A person's label makes what follows his; an organisation's ends it.
    pub fn note_owner(&mut self, sense: Sense, label: &str, row: &mut Option<Owned>) {
        let owned = |owner: Owner| Owned { owner, label: label.trim().trim_end_matches(['：', ':']).to_owned() };
        match sense.kind {
            Kind::Person | Kind::Name => {
                if let Some(owner) = sense.owner {
                    *row = Some(owned(owner));
                    // 推荐单位 over 项目负责人: the applicant's own people again
                    if owner == Owner::Leader && squash(label).starts_with(['项', '课', '申']) {
                        self.block = None;
                    }
                    // 导师姓名 in the leader's own block holds for its row
                    let section = self.out.section(self.out.sections.len() - 1).owner;
                    let passing = sense.kind == Kind::Name && owner == Owner::Adviser && matches!(section, Some(Owner::Leader | Owner::Applicant));
                    self.carry = (owner != Owner::Member && !passing).then(|| owned(owner));
                }
            }
            // 业务主管单位 | … in a table, or 推荐单位 behind it in its row: a particular of the applicant, and nobody's block
            Kind::Organisation
                if sense.owner == Some(Owner::Recommender)
                    && (self.zone == Zone::Body && (supervises(label) || row.is_some()) || self.is_beside_applicant()) =>
            {
                *row = sense.owner.map(owned);
            }
            Kind::Organisation if sense.owner == Some(Owner::Recommender) => {
                *row = sense.owner.map(owned);
                self.carry.clone_from(row);
                self.block = sense.owner;
            }
            // a partner's particulars stand on his own line; the next line is the applicant's again
            Kind::Organisation if sense.owner == Some(Owner::Partner) => *row = sense.owner.map(owned),
            Kind::Organisation if sense.owner == Some(Owner::Applicant) => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            Kind::Text | Kind::Money | Kind::Period | Kind::Choice if sense.field.is_some() => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            // 主持人联系电话：… 电子邮箱：… among the members: the leader's
            Kind::Phone if sense.owner == Some(Owner::Leader) && self.out.section(self.out.sections.len() - 1).owner == Some(Owner::Member) => {
                *row = sense.owner.map(owned);
                self.carry.clone_from(row);
            }
            _ => {}
        }
    }
}

/// Whether a heading tells of the leader, alone or with others.
fn names_leader(heading: &str) -> bool {
    ["负责人", "主持人", "申请人"].iter().any(|leader| heading.contains(leader))
}

/// Whether a label asks who supervises the applicant, as forms do among its other particulars.
fn supervises(label: &str) -> bool {
    ["业务主管", "主管单位", "主管部门"].iter().any(|word| squash(label).starts_with(word))
}

/// Characters of the longest heading of an enterprise's block.
const LONGEST_BLOCK: usize = 12;

/// 企业信息, 建站企业基本情况: short words about an enterprise and no society.
pub fn names_enterprise(heading: &str) -> bool {
    let tight = squash(heading);
    tight.chars().count() <= LONGEST_BLOCK
        && ["企业", "公司"].iter().any(|word| tight.contains(word))
        && !["学会", "协会", "申报", "申请"].iter().any(|word| tight.contains(word))
}

fn is_attribute(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Title | Kind::Phone | Kind::Fax | Kind::Email | Kind::Address | Kind::Postcode | Kind::Organisation | Kind::Text)
}
