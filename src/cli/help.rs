//! Help and faults of the command line in the language of the run.
//!
//! The doc comments of the arguments are the English help; here stands the Chinese for each, and a test that none is
//! left out. clap prints its own words (Usage, Options, default) in English only, so the Chinese page has its own.
use super::Cli;
use crate::model::Lang;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory};

/// What a command does, by its path of names.
const COMMANDS: [(&str, &str); 15] = [
    ("prescreen", "材料初审：读取申报材料，逐条核查通知中机器能判定的要求，并与纸质版比对"),
    ("prescreen run", "初审收件箱里的全部材料，再做整批核查，把报告写入结果文件夹"),
    ("prescreen check", "只查一份材料，在终端列出结论；申报单位提交前可以自查"),
    ("prescreen read", "显示程序从一个文件里读到了什么：文字、表格、位置，以及没有读出的内容"),
    ("prescreen manifest", "生成纸质版的校验清单，以及装订在首页的校验单"),
    ("prescreen compare", "比对电子版与纸质版，逐处列出不同和两边的位置"),
    ("prescreen rules", "列出规则；给出编号时显示该条规则的全文"),
    ("prescreen ocr", "安装识别扫描件的模型，查看是否已装好"),
    ("prescreen ocr install", "用 Python 的软件包工具下载模型，核对后放入用户的数据文件夹"),
    ("prescreen ocr status", "查看模型是否已装好、是否完整"),
    ("prescreen programme", "检查规则文件"),
    ("prescreen programme check", "检查一份规则文件，指出哪里写错了"),
    ("prescreen completions", "输出命令补全脚本"),
    ("prescreen man", "输出手册页"),
    ("help", "显示总的说明或某个命令的说明"),
];

/// What an argument is for; the same name means the same in every command, unless its command is named.
const ARGUMENTS: [(&str, &str); 31] = [
    ("programme", "规则文件（缺省为内置的徐州 2022 年度规则）"),
    ("lists", "名录文件夹（societies.csv、annual-check.csv 等）"),
    ("paper", "纸质版清单的文件夹，每份材料一个子文件夹"),
    ("intake", "收件登记（intake.csv 或 intake.xlsx）"),
    ("as_of", "初审日期，写作 2022-06-08（缺省为今天）"),
    ("stage", "回答哪个阶段的规则：申报、中期评估、验收考核"),
    ("json", "以 JSON 输出"),
    ("jobs", "同时处理的线程数（缺省为每个处理器核一个）"),
    ("lang", "说明和报告用的语言"),
    ("quiet", "只输出有问题的内容"),
    ("verbose", "多输出一些：check 时连同符合的各条，run 时列出每条结论（-vv 连同符合的）"),
    ("ocr", "识别哪些扫描件和图片：全部、需要的、不识别"),
    ("no_progress", "不显示进度条"),
    ("color", "何时使用颜色：自动、总是、从不"),
    ("help", "显示说明"),
    ("version", "显示版本"),
    ("inbox", "收件箱：其中每个文件夹、压缩包、邮件或单个文件是一份材料"),
    ("run out", "存放报告的文件夹"),
    ("evidence", "报告怎样显示依据：页面图像、只用文字、只写位置"),
    ("dossier", "一份材料：文件夹、压缩包、邮件或单个文件"),
    ("read file", "要读的文件"),
    ("text", "只输出文字，按阅读顺序"),
    ("manifest out", "存放 manifest.json、manifest-sha256.txt、slip.docx、slip.pdf 和 slip.html 的文件夹"),
    ("sm3", "除 SHA-256 外，另列国密 SM3（GB/T 32905）的摘要"),
    ("manifest", "manifest.json、sha256sum 或 BagIt 写的清单，或人工录入的六项（fields.csv）"),
    ("scan", "纸质版的扫描件；有几个时按页序列出"),
    ("code", "校验单上印的 11 位校验码，照样输入"),
    ("id", "规则编号，如 C102"),
    ("from", "软件包文件（rapidocr-3.10.0-py3-none-any.whl），供没有网络的电脑使用"),
    ("check file", "规则文件"),
    ("shell", "命令解释器"),
];

/// The command line's definition, its help in the language of the run.
pub fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    match lang {
        Lang::En => command,
        Lang::Zh => {
            command.build();
            chinese(command, "prescreen")
        }
    }
}

/// The language that the arguments ask for, known before they are parsed.
pub fn asked_for(arguments: impl Iterator<Item = String>) -> Lang {
    let arguments: Vec<String> = arguments.take_while(|a| a != "--").collect();
    let apart = arguments.windows(2).any(|two| two == ["--lang", "en"]);
    if apart || arguments.iter().any(|a| a == "--lang=en") { Lang::En } else { Lang::Zh }
}

fn chinese(command: Command, path: &str) -> Command {
    let name = command.get_name().to_owned();
    let about = told(&COMMANDS, path).or_else(|| told(&COMMANDS, &name));
    let command = match about {
        Some(text) => command.about(text).long_about(text),
        None => command,
    };
    let command = command
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}\n")
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(|arg| argument(arg, &name));
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    below.into_iter().fold(command, |command, child| {
        let path = if path == "help" || child == "help" { "help".to_owned() } else { format!("{path} {child}") };
        command.mut_subcommand(child, |c| chinese(c, &path))
    })
}

fn argument(arg: Arg, command: &str) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let Some(text) = words(arg.get_id().as_str(), command) else { return arg.help_heading(heading) };
    let names = |values: Vec<String>| values.join("、");
    let takes_value = arg.get_action().takes_values();
    let possible: Vec<String> = arg.get_possible_values().iter().filter(|_| takes_value).map(|v| v.get_name().to_owned()).collect();
    let default: Vec<String> = arg.get_default_values().iter().filter(|_| takes_value).map(|v| v.to_string_lossy().into_owned()).collect();
    let text = match (possible.is_empty(), default.is_empty()) {
        (true, _) => text.to_owned(),
        (false, true) => format!("{text}（可选 {}）", names(possible)),
        (false, false) => format!("{text}（可选 {}；缺省 {}）", names(possible), names(default)),
    };
    arg.help(text.clone()).long_help(text).hide_possible_values(true).hide_default_value(true).help_heading(heading)
}

fn words(id: &str, command: &str) -> Option<&'static str> {
    told(&ARGUMENTS, &format!("{command} {id}")).or_else(|| told(&ARGUMENTS, id))
}

fn told(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What is wrong with the arguments, in Chinese; `None` where clap's own words have to do.
pub fn fault(error: &Error) -> Option<String> {
    let of = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        _ => None,
    };
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue).unwrap_or_default();
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有参数“{}”", argument?),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", of(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", argument?),
        ErrorKind::InvalidValue if value.is_empty() => format!("参数“{}”后面缺少值", argument?),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("参数“{}”的值“{value}”不对", argument?),
        ErrorKind::ArgumentConflict => format!("参数“{}”不能与“{}”同时使用或重复使用", argument?, of(ContextKind::PriorArg)?),
        _ => return None,
    };
    let mut text = format!("错误：{wrong}\n");
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().find_map(of) {
        text.push_str(&format!("是否要写“{near}”？\n"));
    } else if let Some(valid) = of(ContextKind::ValidValue) {
        text.push_str(&format!("可选：{valid}\n"));
    }
    text.push_str("用 prescreen --help 查看用法\n");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(command: &Command, path: &str, visit: &mut impl FnMut(&Command, &str)) {
        visit(command, path);
        for child in command.get_subcommands().filter(|c| c.get_name() != "help") {
            every(child, &format!("{path} {}", child.get_name()), visit);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_chinese_line() {
        let mut built = Cli::command();
        built.build();
        let mut commands = Vec::new();
        let mut used = Vec::new();
        every(&built, "prescreen", &mut |command, path| {
            assert!(told(&COMMANDS, path).is_some(), "{path} has no Chinese line");
            commands.push(path.to_owned());
            for arg in command.get_arguments().filter(|a| !(a.get_id() == "verb" && command.get_name() == "man")) {
                let (id, name) = (arg.get_id().as_str(), command.get_name());
                assert!(words(id, name).is_some(), "{path}: {id} has no Chinese line");
                used.extend([id.to_owned(), format!("{name} {id}")]);
            }
        });
        for (name, _) in COMMANDS {
            assert!(name == "help" || commands.iter().any(|c| c == name), "{name} is no command");
        }
        for (name, _) in ARGUMENTS {
            assert!(used.iter().any(|u| u == name), "{name} is no argument");
        }
    }

    #[test]
    fn chinese_help_has_no_english_sentence() {
        for path in [&[][..], &["run"], &["compare"], &["ocr", "install"]] {
            let mut page = command(Lang::Zh);
            for name in path {
                page = page.find_subcommand(name).expect("the command is there").clone();
            }
            let text = page.render_long_help().to_string();
            for word in ["Usage", "Options:", "Commands:", "possible values", "default:", "Print", "Folder", "Which"] {
                assert!(!text.contains(word), "{path:?}: {word} in\n{text}");
            }
        }
    }

    #[test]
    fn faults_of_the_arguments_are_told_in_chinese() {
        let told = |arguments: &[&str]| {
            let error = command(Lang::Zh).try_get_matches_from(arguments).expect_err("the arguments are wrong");
            fault(&error).expect("the fault has Chinese words")
        };
        assert!(told(&["prescreen", "run", "x"]).contains("缺少参数 --out"));
        assert!(told(&["prescreen", "run", "x", "-o", "y", "--stage", "none"]).contains("application、midterm、acceptance"));
        assert!(told(&["prescreen", "rum"]).contains("是否要写“run”"));
        assert!(told(&["prescreen", "check", "x", "--colour"]).contains("没有参数“--colour”"));
        assert!(told(&["prescreen", "check", "x", "--as-of", "6月"]).contains("的值“6月”不对"));
        assert_eq!(asked_for(["run", "--lang", "en"].map(str::to_owned).into_iter()), Lang::En);
    }
}
